using System;
using Microsoft.Xrm.Sdk.Query;
using Microsoft.Xrm.Tooling.Connector;

namespace Central.Bridge
{
    internal static class Program
    {
        private static void Main()
        {
            using (var client = new CrmServiceClient(Environment.GetEnvironmentVariable("CONTOSO_DYNAMICS")))
            {
                var rows = client.RetrieveMultiple(new QueryExpression("product"));
                Console.WriteLine("product: {0}", rows.Entities.Count);
            }
        }
    }
}
