using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;
//                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^ protocol-setting-without-effect information .NET 8.0
    }
}
