New-ItemProperty -Path HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NetFramework\v4.0.30319 -Name SystemDefaultTlsVersions -Value 1 -PropertyType DWORD -Force;
#                                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^ registry-tls-in-code warning Wow6432Node only
