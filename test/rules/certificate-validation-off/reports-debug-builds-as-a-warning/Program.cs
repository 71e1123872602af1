using System.Net;

class Program
{
    static void Main()
    {
#if DEBUG
        ServicePointManager.ServerCertificateValidationCallback = (sender, certificate, chain, errors) => true;
//                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ certificate-validation-off warning
#endif
    }
}
