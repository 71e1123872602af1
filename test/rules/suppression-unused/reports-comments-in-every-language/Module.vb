' dynamics-tls-disable-file certificate-checks-off: a test server
'                           ^^^^^^^^^^^^^^^^^^^^^^ suppression-unused
Module Program
End Module
