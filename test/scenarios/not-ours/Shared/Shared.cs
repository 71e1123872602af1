internal static class Shared
{
}
