[Net.ServicePointManager]::ServerCertificateValidationCallback = {
  param($sender, $certificate, $chain, $problems)
  if ($problems -eq 'None') { return $true }
  Write-Warning $certificate.Subject
  return $false
}
$handler.ServerCertificateCustomValidationCallback = $callback
$options = @{ SkipCertificateCheck = $true }
Write-Host $options.SkipCertificateCheck
