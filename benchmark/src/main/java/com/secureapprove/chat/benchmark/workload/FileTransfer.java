package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.limit.Nginx;
import com.secureapprove.chat.benchmark.load.HttpLoad;
import com.secureapprove.chat.benchmark.load.HttpLoad.Call;
import com.secureapprove.chat.benchmark.load.HttpLoad.Requests;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import com.secureapprove.chat.benchmark.stack.ProcessMemory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// B8: files of 10 MiB, 8 at a time, by 8 people. The limit of downloads is nginx with the same
/// files on the same disk, measured in turn.
final class FileTransfer implements Workload {
  private static final String TENANT = "files";
  private static final String TYPE = "multipart/form-data; boundary=limit";
  private static final int AT_ONCE = 8;
  private static final int SIZE = 10 << 20;
  private static final double MEBI = 1 << 20;
  private static final double RATIO = 0.7;
  private static final double GROWTH_MIB = 16;
  private static final List<String> PROCESSES = List.of("gateway", "attachment");

  @Override
  public String id() {
    return "B8";
  }

  @Override
  public String description() {
    return "files of 10 MiB, 8 uploads and 8 downloads at a time";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    run.stack().people(TENANT, AT_ONCE);
    List<String> tokens =
        IntStream.range(0, AT_ONCE).mapToObj(i -> run.stack().token(TENANT, "p" + i)).toList();
    int uploads = run.settings().size(160, 48);
    try (HttpLoad http = new HttpLoad(run.load().vertx(), run.stack().gateway())) {
      Buffer form = form();
      http.times(AT_ONCE, AT_ONCE, n -> upload(tokens, n, form)); // warm-up
      Map<String, Long> before = liveHeaps(run);
      CpuMeter cpu = new CpuMeter(run.stack()::processes);
      cpu.start();
      run.report().note("B8: %d uploads".formatted(uploads));
      Requests sent = http.times(AT_ONCE, uploads, n -> upload(tokens, n, form));
      double millis = cpu.total().toNanos() / 1e6 / uploads;
      run.report().plain(id(), "upload", sent.perSecond() * SIZE / MEBI, "MB/s");
      run.report().plain(id(), "upload, CPU of all processes a file", millis, "ms");
      run.report().add(Result.noMore(id(), "upload, failed", (double) sent.failed(), "", 0));
      download(run, http, tokens);
      for (Map.Entry<String, Long> after : liveHeaps(run).entrySet()) {
        double grown = (after.getValue() - before.getOrDefault(after.getKey(), 0L)) / MEBI;
        run.report()
            .add(
                Result.noMore(
                    id(), "growth of the live heap, " + after.getKey(), grown, "MiB", GROWTH_MIB));
      }
    }
  }

  private void download(BenchRun run, HttpLoad http, List<String> tokens) throws Exception {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      paths.add(own(run, i));
    }
    Duration time = run.settings().time();
    List<Requests> rounds = new ArrayList<>();
    List<Requests> limits = new ArrayList<>();
    Map<String, Duration> used = new LinkedHashMap<>();
    for (int round = 0; round < run.settings().rounds(); round++) {
      run.report().note("B8: downloads, round %d".formatted(round + 1));
      CpuMeter cpu = new CpuMeter(run.stack()::processes);
      cpu.start();
      rounds.add(http.closedLoop(AT_ONCE, time, n -> Call.get(at(paths, n), at(tokens, n))));
      cpu.used().forEach((process, spent) -> used.merge(process, spent, Duration::plus));
      if (Nginx.isInstalled()) {
        limits.add(nginx(run, time));
      }
    }
    double rate = megabytes(rounds);
    long downloads = rounds.stream().mapToLong(Requests::succeeded).sum();
    long failed = rounds.stream().mapToLong(Requests::failed).sum();
    if (limits.isEmpty()) {
      run.report().plain(id(), "download (nginx is not installed)", rate, "MB/s");
    } else {
      run.report().add(Result.atLeast(id(), "download", rate, "MB/s", megabytes(limits), RATIO));
    }
    PROCESSES.forEach(process ->
        run.report()
            .plain(
                id(),
                "download, CPU a file, " + process,
                used.getOrDefault(process, Duration.ZERO).toNanos() / 1e6 / downloads,
                "ms"));
    run.report().add(Result.noMore(id(), "download, failed", (double) failed, "", 0));
  }

  private static double megabytes(List<Requests> rounds) {
    return rounds.stream().mapToLong(Requests::bytes).sum()
        / MEBI
        / rounds.stream().mapToDouble(Requests::seconds).sum();
  }

  private static Requests nginx(BenchRun run, Duration time) throws Exception {
    Path store = run.stack().stack().home().data("attachments");
    List<String> files;
    try (Stream<Path> all = Files.walk(store)) {
      files =
          all.filter(file -> Files.isRegularFile(file) && file.toFile().length() >= SIZE - 1)
              .limit(AT_ONCE)
              .map(file -> "/" + store.relativize(file))
              .toList();
    }
    Path scratch = run.stack().stack().home().directory().resolve("run/nginx");
    try (Nginx server = Nginx.serve(store, scratch);
        HttpLoad http = new HttpLoad(run.load().vertx(), server.address())) {
      return http.closedLoop(AT_ONCE, time, n -> Call.get(at(files, n), null));
    }
  }

  private static String at(List<String> list, long n) {
    return list.get((int) (n % list.size()));
  }

  /// Uploads one file, and returns the path of its download.
  private static String own(BenchRun run, int person) throws IOException, InterruptedException {
    String download =
        run.stack().upload(TENANT, person, form().getBytes(), TYPE).path("download_url").asText();
    return URI.create(download).getPath();
  }

  private static Call upload(List<String> tokens, long n, Buffer form) {
    return new Call(HttpMethod.POST, "/api/chat/attachments/", at(tokens, n), TYPE, form);
  }

  /// A form with a PDF of 10 MiB that does not compress.
  private static Buffer form() {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    byte[] magic = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, content, 0, magic.length);
    return Buffer.buffer(
            "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n")
        .appendBytes(content)
        .appendString("\r\n--limit--\r\n");
  }

  private static Map<String, Long> liveHeaps(BenchRun run)
      throws IOException, InterruptedException {
    Map<String, Long> heaps = new LinkedHashMap<>();
    for (String process : PROCESSES) {
      heaps.put(process, ProcessMemory.liveHeap(run.stack().process(process)));
    }
    return heaps;
  }
}
