using System.Net;

class Program
{
    static void Main()
    {
        try { ServicePointManager.SecurityProtocol |= (SecurityProtocolType)12288; } catch (System.NotSupportedException) { }
    }
}
