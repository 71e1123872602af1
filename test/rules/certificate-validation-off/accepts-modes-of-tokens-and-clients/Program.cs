class Program
{
    static void Main()
    {
        var serializer = new MetadataSerializer { CertificateValidationMode = X509CertificateValidationMode.None };
        host.Credentials.ClientCertificate.Authentication.CertificateValidationMode = X509CertificateValidationMode.None;
    }
}
