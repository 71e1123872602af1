using System.Security.Authentication;

static class Map
{
    public static SslProtocols Parse(string text)
    {
        switch (text)
        {
            case "1.0":
                return SslProtocols.Tls;
            default:
                return SslProtocols.None;
        }
    }
}
