using System.CommandLine;
using ColdChain.Server.Commands;

var root = new RootCommand("ColdChain server: stores temperature readings, judges them, holds exposed blood. Decision support, not validated.")
{
    ServeCommand.Create(),
    DeviceSecretCommand.Create(),
    EvaluateCommand.Create(),
    ProjectionsCommand.Create(),
    WatchCommand.Create(TimeProvider.System),
    AuditCommand.Create(),
    PeopleCommand.Create(TimeProvider.System),
    RulesCommand.Create(TimeProvider.System),
    VerifyBundleCommand.Create(),
};
const int wrongUse = 2;
var parsed = root.Parse(args);

// A command that runs on ends by itself when it is asked to, and bounds the time: the parser would cut it off after two seconds.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? wrongUse : code;
