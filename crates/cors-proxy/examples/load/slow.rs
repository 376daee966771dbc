//! Clients that are slow on purpose, and a fast one beside them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use tokio::net::TcpSocket;
use tokio::runtime::Runtime;

/// How many slow clients there are.
pub(crate) const CROWD: u16 = 1000;

/// The p99 of `count` calls, one after the other on one connection.
pub(crate) fn latencies(relay: SocketAddr, request: &str, count: usize) -> Duration {
    let mut stream = TcpStream::connect(relay).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let start = Instant::now();
        stream.write_all(request.as_bytes()).unwrap();
        read_answer(&mut reader);
        times.push(start.elapsed());
    }
    times.sort();
    times[count * 99 / 100]
}

fn read_answer(reader: &mut BufReader<TcpStream>) {
    let (mut status, mut length) = (String::new(), 0);
    reader.read_line(&mut status).unwrap();
    assert!(status.starts_with("HTTP/1.1 200"), "{status}");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
}

/// Connections that begin a request and do not go on.
pub(crate) fn half_heads(relay: SocketAddr, count: u16) -> Vec<TcpStream> {
    crowd(relay, "GET /relay HTTP/1.1\r\nhost: slow", count, |_| [127, 0, 0, 1])
}

/// Connections that make a whole request, each as another client, and read nothing of the reply.
pub(crate) fn unread(relay: SocketAddr, request: &str, count: u16) -> Vec<TcpStream> {
    crowd(relay, request, count, |index| {
        let [high, low] = (index + 2).to_be_bytes();
        [127, 0, 1 + high, low]
    })
}

fn crowd(
    relay: SocketAddr,
    begin: &str,
    count: u16,
    from: impl Fn(u16) -> [u8; 4],
) -> Vec<TcpStream> {
    let runtime = Runtime::new().unwrap();
    let connect = |index| {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((from(index), 0))).unwrap();
        // What does not fit in here stays with the relay.
        socket.set_recv_buffer_size(4096).unwrap();
        let mut stream = runtime.block_on(socket.connect(relay)).unwrap().into_std().unwrap();
        stream.set_nonblocking(false).unwrap();
        stream.write_all(begin.as_bytes()).unwrap();
        stream
    };
    (0..count).map(connect).collect()
}
