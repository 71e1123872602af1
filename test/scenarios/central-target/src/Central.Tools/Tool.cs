namespace Central.Tools
{
    public sealed class Tool
    {
        public string Text { get; set; }
    }
}
