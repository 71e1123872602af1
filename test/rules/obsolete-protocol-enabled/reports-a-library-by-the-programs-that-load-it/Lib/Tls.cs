using System.Net;

public static class Tls
{
    public static void Set()
    {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Ssl3;
//                                             ^^^^^^^^^^^^^^^^^^^^^^^^^ obsolete-protocol-enabled error
    }
}
