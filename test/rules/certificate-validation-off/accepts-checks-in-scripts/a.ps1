[Net.ServicePointManager]::ServerCertificateValidationCallback = {
  param($sender, $certificate, $chain, $problems)
  $certificate.GetCertHashString() -eq $expected
}
[Net.ServicePointManager]::ServerCertificateValidationCallback = $null
[Net.ServicePointManager]::ServerCertificateValidationCallback = { $false }
