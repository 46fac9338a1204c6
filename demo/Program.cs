using System.CommandLine;
using ColdChain.Demo;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

var port = new Option<int>("--port") { Description = "The port of the pages on 127.0.0.1; 0 takes a free one", DefaultValueFactory = _ => 8080 };
var data = new Option<string>("--data") { Description = "Where the demo keeps its data", DefaultValueFactory = _ => "demo-data" };
var root = new RootCommand("ColdChain with simulated fridges, in one process. Decision support, not validated.") { port, data };
root.SetAction((parsed, cancellation) => RunAsync(new DemoOptions(parsed.GetValue(port), parsed.GetValue(data)!), cancellation)); // It has a default.
return await root.Parse(args).InvokeAsync();

static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
{
    try
    {
        await using var demo = await DemoRun.StartAsync(options, TimeProvider.System, cancellation);
        Console.WriteLine($"Address:   {demo.Server.Address}");
        Console.WriteLine($"API token: {demo.Server.Token.Value}");
        foreach (var person in await DemoPeople.RenewAsync(demo.Server, cancellation))
        {
            Console.WriteLine($"Sign in:   {person.Name,-10} {person.Password}  ({person.Grant.Where})");
        }

        Console.WriteLine($"Data:      {Path.GetFullPath(options.DataFolder)}");
        Console.WriteLine("Storing and judging the history of 13 units …");
        await demo.WaitUntilJudgedAsync(cancellation);
        demo.OpenDoor();
        Console.WriteLine($"ready. Somebody has just left the door of {DemoFleet.DoorLeftOpen.Id} open: watch it at {demo.Server.Address}");
        Console.WriteLine("Ctrl-C ends the demo; the next start goes on from here.");
        await demo.Server.WaitForShutdownAsync(cancellation);
    }
    catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
    {
        // Ctrl-C while starting is an ordinary end.
    }
    catch (Exception error) when (error is ConfigurationException or StoreOpenException or IOException)
    {
        await Console.Error.WriteLineAsync(error.Message);
        return 1;
    }

    Console.WriteLine("stopped.");
    return 0;
}
