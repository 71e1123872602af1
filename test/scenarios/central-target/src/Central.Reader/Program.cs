using System;
using Microsoft.Xrm.Sdk.Query;
using Microsoft.Xrm.Tooling.Connector;

namespace Central.Reader
{
    internal static class Program
    {
        private static void Main()
        {
            using (var client = new CrmServiceClient(Environment.GetEnvironmentVariable("CONTOSO_DYNAMICS")))
            {
                var rows = client.RetrieveMultiple(new QueryExpression("contact"));
                Console.WriteLine("contact: {0}", rows.Entities.Count);
            }
        }
    }
}
