using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ protocol-hard-coded warning .NET Framework 4.8
        var status = HttpStatusCode.OK;
    }
}
