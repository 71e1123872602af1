Get-CrmConnection -InteractiveMode
# @1-18 script-connects-before-tls warning
Write-Host "Grün"

# SIG # Begin signature block
# MIIFlAYJKoZIhvcNAQcCoIIFhTCCBYECAQExCzAJBgUrDgMCGgUAMGkGCisGAQQB
# SIG # End signature block
