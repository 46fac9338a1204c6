using ColdChain.Crashes.Tests.Work;

// dotnet ColdChain.Crashes.Tests.dll outbox|record PATH: does the work on the file, and says before and after each step that it is at it.
// On the pool from the beginning, which has one thread here: strace counts the calls of each thread by itself.
return await Task.Run(() => WorkLoop.RunAsync(StoredWork.Of(args[0], args[1]), Console.Out));
