using System.Net;

class Program
{
    static void Main()
    {
        if ((ServicePointManager.SecurityProtocol & SecurityProtocolType.Tls12) == 0) ServicePointManager.SecurityProtocol ^= SecurityProtocolType.Tls12;
    }
}
