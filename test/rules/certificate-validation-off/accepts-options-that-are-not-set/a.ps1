param([switch] $Skip)
Invoke-RestMethod https://contoso.crm4.dynamics.com/ -SkipCertificateCheck:$Skip
Invoke-RestMethod https://contoso.crm4.dynamics.com/ -SkipCertificateCheck:$false
Invoke-RestMethod https://localhost:5001/ -SkipCertificateCheck
Write-Host 'Invoke-RestMethod -SkipCertificateCheck'
# Invoke-RestMethod https://contoso.crm4.dynamics.com/ -SkipCertificateCheck
