using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.SecurityProtocol &= ~SecurityProtocolType.Tls12;
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ tls12-removed error TLS 1.2
    }
}
