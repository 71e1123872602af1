using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
//                                             ^^^^^^^^^^^^^^^^^^^^^^^^ obsolete-protocol-enabled error allows only TLS 1.0
    }
}
