namespace Central.Formats
{
    public sealed class Format
    {
        public string Text { get; set; }
    }
}
