using System.Net;

class Program
{
    static void Main()
    {
        if (ServicePointManager.SecurityProtocol != SecurityProtocolType.SystemDefault) ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
    }
}
