Add-Type @"
using System.Net;
using System.Security.Cryptography.X509Certificates;
public class TrustAll : ICertificatePolicy {
  public bool CheckValidationResult(ServicePoint point, X509Certificate certificate, WebRequest request, int problem) {
    return true;
  }
}
"@
[System.Net.ServicePointManager]::CertificatePolicy = New-Object TrustAll
# @55-74 certificate-validation-off error policy
