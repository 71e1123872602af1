Imports Microsoft.Xrm.Sdk.Query
Imports Microsoft.Xrm.Tooling.Connector

Module Program

    Sub Main()
        Using client As New CrmServiceClient(System.Environment.GetEnvironmentVariable("CONTOSO_DYNAMICS"))
            System.Console.WriteLine(client.RetrieveMultiple(New QueryExpression("invoice")).Entities.Count)
        End Using
    End Sub

End Module
