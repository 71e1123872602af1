using System.Net;

class Program
{
    static void Main()
    {
#if NET452
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
#endif
    }
}
