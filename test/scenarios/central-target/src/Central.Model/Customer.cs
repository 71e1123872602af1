namespace Central.Model
{
    public sealed class Customer
    {
        public string Text { get; set; }
    }
}
