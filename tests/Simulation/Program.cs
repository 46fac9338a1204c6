using ColdChain.Simulation.Tests;

return CommandLine.Run(args);
