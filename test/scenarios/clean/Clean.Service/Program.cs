using System;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Clean.Service
{
    internal static class Program
    {
        private static void Main()
        {
            using (var client = new ServiceClient(Environment.GetEnvironmentVariable("CONTOSO_DATAVERSE")))
            {
                Console.WriteLine(client.ConnectedOrgFriendlyName);
            }
        }
    }
}
