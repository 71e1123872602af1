using System.Net;

class New
{
    static void Assigns()
    {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls11;
    }

    static void Adds()
    {
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
    }

    static void Hardens()
    {
        ServicePointManager.SecurityProtocol &= ~SecurityProtocolType.Ssl3;
    }
}
