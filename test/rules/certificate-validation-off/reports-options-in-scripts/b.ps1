$arguments = @{
  Uri = 'https://contoso.crm4.dynamics.com/'
  SkipCertificateCheck = $true
# ^^^^^^^^^^^^^^^^^^^^ certificate-validation-off error
}
Invoke-RestMethod @arguments
