using System.Net;

class Program
{
    static void Main()
    {
        var text = "ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls"; // ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls
    }
}
