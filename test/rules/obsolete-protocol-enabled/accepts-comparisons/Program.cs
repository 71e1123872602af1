using System.Net;

class Program
{
    static void Main()
    {
        if (ServicePointManager.SecurityProtocol == SecurityProtocolType.Tls) { }
    }
}
