using Contoso.Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHostedService<CustomerWorker>();
builder.Build().Run();
