using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.ServerCertificateValidationCallback = Check;
    }

    static bool Check(object sender, object certificate, object chain, System.Net.Security.SslPolicyErrors errors)
    {
        return errors == System.Net.Security.SslPolicyErrors.None;
    }
}
