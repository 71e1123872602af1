using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.SecurityProtocol |= (SecurityProtocolType)12288;
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ tls13-not-available warning 4.6.2
    }
}
