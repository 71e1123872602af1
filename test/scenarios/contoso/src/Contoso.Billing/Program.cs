using System;
using System.Configuration;
using System.Linq;
using Contoso.Helpers;
using Microsoft.Xrm.Sdk.Query;
using Microsoft.Xrm.Tooling.Connector;

namespace Contoso.Billing
{
    internal static class Program
    {
        private static void Main()
        {
            using (var client = new CrmServiceClient(ConfigurationManager.ConnectionStrings["Dynamics"].ConnectionString))
            {
                var invoices = client.RetrieveMultiple(new QueryExpression("invoice") { ColumnSet = new ColumnSet("totalamount") });
                Console.WriteLine("Open: {0:C}", invoices.Entities.Sum(invoice => invoice.GetAmount("totalamount")));
            }
        }
    }
}
