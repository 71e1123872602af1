namespace Helpers
{
    public static class Formats
    {
        public static string Trim(string text) => text.Trim();
    }
}
