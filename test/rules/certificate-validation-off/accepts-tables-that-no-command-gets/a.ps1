$help = @{ SkipCertificateCheck = $true }
$help.Keys | Sort-Object
Contoso-Request -SkipCertificateCheck:$false
