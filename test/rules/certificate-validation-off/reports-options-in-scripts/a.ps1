Invoke-RestMethod -Uri https://contoso.crm4.dynamics.com/ -SkipCertificateCheck -Method Get
# @59-80 certificate-validation-off error
iwr https://contoso.crm4.dynamics.com/ -SkipCert
# @40-49 certificate-validation-off error
