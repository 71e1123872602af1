using System.Net;

class Program
{
    static void Main()
    {
        var request = WebRequest.Create("https://contoso.crm.dynamics.com/");
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ protocol-setting-without-effect warning request
    }
}
