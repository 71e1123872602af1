using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.ServerCertificateValidationCallback = Checks.Validate;
    }
}
