$client = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client'
New-Item $client -Force
New-ItemProperty -Path $client -Name Enabled -Value 0 -PropertyType DWord -Force
#                                                   ^ registry-tls-in-code error refuses TLS 1.2
