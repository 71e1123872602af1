Imports System.Net

Module Program
    Sub Main()
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls
'                                              ^^^^^^^^^^^^^^^^^^^^^^^^ obsolete-protocol-enabled error
    End Sub
End Module
