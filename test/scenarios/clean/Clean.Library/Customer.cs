namespace Clean.Library
{
    public sealed class Customer
    {
        public string Text { get; set; }
    }
}
