Imports System.IO
Imports System.ServiceModel.Description
Imports Microsoft.Xrm.Sdk
Imports Microsoft.Xrm.Sdk.Client
Imports Microsoft.Xrm.Sdk.Query

Module ExportModule

    Private Const Address As String = "https://contoso.api.crm4.dynamics.com/XRMServices/2011/Organization.svc"

    Sub Main(args As String())
        Dim credentials As New ClientCredentials()
        credentials.UserName.UserName = Environment.GetEnvironmentVariable("CONTOSO_CRM_USER")
        credentials.UserName.Password = Environment.GetEnvironmentVariable("CONTOSO_CRM_PASSWORD")

        Using service As New OrganizationServiceProxy(New Uri(Address), Nothing, credentials, Nothing)
            Dim query As New QueryExpression("invoice")
            query.ColumnSet = New ColumnSet("invoicenumber", "totalamount")

            Using writer As New StreamWriter("invoices.csv")
                For Each invoice As Entity In service.RetrieveMultiple(query).Entities
                    writer.WriteLine("{0};{1}", invoice("invoicenumber"), invoice.GetAttributeValue(Of Money)("totalamount").Value)
                Next
            End Using
        End Using
    End Sub

End Module
