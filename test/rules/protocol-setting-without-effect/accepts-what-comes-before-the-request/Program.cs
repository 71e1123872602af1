using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        var request = WebRequest.Create("https://contoso.crm.dynamics.com/");
    }
}
