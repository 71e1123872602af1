using System.Net;

internal static class Program
{
    private static void Main()
    {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
    }
}
