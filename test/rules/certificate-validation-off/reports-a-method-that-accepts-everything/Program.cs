using System.Net;

class Program
{
    static void Main()
    {
        ServicePointManager.ServerCertificateValidationCallback = Accept;
//                                                                ^^^^^^ certificate-validation-off error
    }

    static bool Accept(object sender, object certificate, object chain, object errors)
    {
        return true;
    }
}
