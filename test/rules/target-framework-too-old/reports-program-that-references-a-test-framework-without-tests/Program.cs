public static class Program
{
    // [Fact]
    public static void Main() { }
}
