using Contoso.Data;
using Microsoft.PowerPlatform.Dataverse.Client;
using Microsoft.Xrm.Sdk;

namespace Contoso.Worker;

public sealed class CustomerWorker(IConfiguration configuration, ILogger<CustomerWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new ServiceClient(configuration.GetConnectionString("Dataverse"));
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var file in Directory.EnumerateFiles(configuration["Inbox"] ?? "inbox", "*.csv"))
            {
                var customer = Customer.Parse(await File.ReadAllTextAsync(file, stoppingToken));
                await client.CreateAsync(new Entity("account") { ["name"] = customer.Name }, stoppingToken);
                logger.LogInformation("Imported {Customer}", customer.Name);
            }

            await Task.Delay(TimeSpan.FromMinutes(5), stoppingToken);
        }
    }
}
