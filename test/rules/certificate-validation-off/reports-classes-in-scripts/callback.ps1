Add-Type -TypeDefinition @'
public static class Trust {
  public static System.Net.Security.RemoteCertificateValidationCallback Get() {
    return new System.Net.Security.RemoteCertificateValidationCallback((a, b, c, d) => { return true; });
  }
}
'@
[Net.ServicePointManager]::ServerCertificateValidationCallback = [Trust]::Get()
# @66-80 certificate-validation-off error
