Add-Type @"
public class Check : System.Net.ICertificatePolicy {
  public bool CheckValidationResult(System.Net.ServicePoint p, object c, System.Net.WebRequest r, int problem) {
    return problem == 0;
  }
}
"@
[System.Net.ServicePointManager]::CertificatePolicy = New-Object Check
