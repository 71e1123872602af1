[Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }
# @66-75 certificate-validation-off error Every connection
